import { OpenAIProvider, type Model } from '@openai/agents';
import OpenAI from 'openai';
import type { Config } from './config.ts';
import { OfflineModel } from './offline/offline-model.ts';

type ModelConfig = Pick<Config, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_MODEL'>;

/** An endpoint that has not begun to answer by then is given up. */
const TIMEOUT_MS = 60_000;

/**
 * The model that answers: with a key the endpoint's, without one the offline model. Only OpenAI
 * itself speaks the Responses API for certain; other endpoints get chat completions.
 */
export async function createModel(config: ModelConfig): Promise<Model> {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL, OPENAI_MODEL: name } = config;
  if (!apiKey) return new OfflineModel();
  const openAIClient = new OpenAI({
    apiKey,
    // Null keeps the client from reading OPENAI_BASE_URL itself, where it may be an empty string.
    baseURL: baseURL ?? null,
    timeout: TIMEOUT_MS,
    maxRetries: 1,
  });
  return new OpenAIProvider({ openAIClient, useResponses: !baseURL }).getModel(name);
}
