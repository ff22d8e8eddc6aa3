import { useState } from 'react';
import type { AppRootProps } from '@grafana/data';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { createApp } from './createApp';
import { readAppSettings } from './settings/appSettings';

/** The app's pages. Its own address leads to the first of them. */
export default function App({ meta }: AppRootProps) {
  const { search } = useLocation();
  const [app] = useState(() => createApp(readAppSettings(meta.jsonData)));
  return (
    <Routes>
      <Route index element={<Navigate to={{ pathname: 'now', search }} replace />} />
      <Route path="*" element={<app.Component model={app} />} />
    </Routes>
  );
}
