/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startS3 } from '../support/s3.js';
import { startService, type TestService } from '../support/service.js';
import { launchBrowser, openPage } from './browser.js';
