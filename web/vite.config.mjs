// For the development server (`npm run dev`). The products are built by build/build.mjs with the same settings.
import { pageConfig } from './build/page.mjs';

export default pageConfig();
