export { IMAGE_TARGET } from './image-target.ts';
export { imageTags } from './image-tags.ts';
export { imagesFile, ImagesFileError, readImageTags, writeImageTags } from './images-file.ts';
