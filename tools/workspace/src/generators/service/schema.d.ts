export interface ServiceGeneratorSchema {
  name: string;
  kind?: 'http' | 'worker' | 'mcp';
  /** Empty: the next free one. */
  port?: number | string;
  replicas?: number;
  database?: boolean;
  /** Names, or one text with commas between them. */
  calls?: string[] | string;
  public?: boolean;
}
