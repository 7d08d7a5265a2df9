export { imageTags, IMAGE_TARGET } from './image-tags.ts';
export { imagesFile, ImagesFileError, readImageTags, writeImageTags } from './images-file.ts';
