export interface ValuesGeneratorSchema {
  env?: string;
}
