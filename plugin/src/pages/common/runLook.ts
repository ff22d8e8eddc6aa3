import { isFailure, isOpen, type Status } from '../../components/model/status';

/** How a run is drawn where only its colour and shape tell: missed ones are dashed, failed ones carry a mark. */
export type RunLook = 'good' | 'bad' | 'missed' | 'open' | 'quiet';

export function runLook(status: Status): RunLook {
  if (status === 'missed') {
    return 'missed';
  }
  if (isFailure(status)) {
    return 'bad';
  }
  if (isOpen(status)) {
    return 'open';
  }
  return status === 'succeeded' ? 'good' : 'quiet';
}
