export { makeScratchClone, type ScratchClone } from '@todo/scratch-clone';
