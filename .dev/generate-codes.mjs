// Writes web/src/api/codes.gen.ts from the core's lists of codes.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { generatedCodes, kGeneratedCodes } from '../tests/contract/codes.mjs';
import { kRepository } from '../tests/contract/tree.mjs';

writeFileSync(path.join(kRepository, kGeneratedCodes), generatedCodes(kRepository));
