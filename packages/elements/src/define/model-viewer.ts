/**
 * Has models in three dimensions shown by `@google/model-viewer`, an optional peer of this package: install it, import this file, and it
 * is fetched when a visitor first asks to see a model.
 */
import { useModelViewer } from '../parts/model-viewer.ts';

useModelViewer(() => import('@google/model-viewer'));
