import './host/bootData';
import { createRoot } from 'react-dom/client';
import { startHost } from './host/startHost';
import { App } from './App';

const root = document.getElementById('joblens');
if (root) {
  startHost();
  createRoot(root).render(<App />);
}
