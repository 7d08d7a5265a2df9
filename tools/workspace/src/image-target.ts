/** Nx target that builds an app's image. */
export const IMAGE_TARGET = 'docker-build';
