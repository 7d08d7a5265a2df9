export interface RemoveServiceGeneratorSchema {
  name: string;
}
