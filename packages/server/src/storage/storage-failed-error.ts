/** Storage has failed: nothing more is acknowledged. The process should end; a fresh start reads what is on the disk. */
export class StorageFailedError extends Error {
  override readonly name = 'StorageFailedError';
}
