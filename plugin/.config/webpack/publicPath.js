/* global __webpack_public_path__:writable */
import amdMetaModule from 'amd-module';

// Lazy chunks lie in the app's folder. The nested plugins' module.js lie one folder below it, so that folder is taken
// off; the address is taken from the loader because Grafana may be served from a sub-path or a CDN.
__webpack_public_path__ = amdMetaModule.uri.replace(/(?:datasource\/|panel\/)?module\.js(?:\?.*)?$/, '');
