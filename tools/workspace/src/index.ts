export { IMAGE_TARGET } from './image-target.ts';
export type { BuilderAnswer, BuilderRequest } from './image-builder-messages.ts';
export { imagesFile, ImagesFileError, readImageTags, writeImageTags } from './images-file.ts';
