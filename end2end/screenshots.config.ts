// `npm run screenshots`: takes the README's pictures from a running demo, into docs/images.
import { defineConfig } from '@playwright/test';
import walks from './playwright.config.ts';

export default defineConfig({ ...walks, testDir: 'screenshots', reporter: [['list']] });
