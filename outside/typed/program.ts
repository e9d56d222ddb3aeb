// A program on the generated types alone: nothing here says what an answer looks like.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import * as screens from '../.cache/typed/graphql.ts';

const [url, authorization] = process.argv.slice(2);
if (!url || !authorization) throw new Error('program.ts URL AUTHORIZATION');
const address = url;
const headers = { authorization, 'content-type': 'application/json', accept: 'application/graphql-response+json' };

interface Answer<Data> {
  data?: Data;
  errors?: { message: string; extensions?: { code?: string } }[];
}

async function ask<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data> {
  const body = JSON.stringify({ query: print(document), variables });
  const answer = (await (await fetch(address, { method: 'POST', headers, body })).json()) as Answer<Data>;
  if (!answer.data || answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

function expect(what: string, holds: boolean): void {
  if (!holds) throw new Error(what);
  console.log(`✓ ${what}`);
}

const { overviewPage } = await ask(screens.OverviewDocument, { locale: 'ZH' });
const scores: (number | null | undefined)[] = overviewPage?.nodes.map((row) => row.score) ?? [];
expect(`an overview of ${scores.length} units`, scores.length > 0 && scores.every((score) => score !== 0));

const { scorecard } = await ask(screens.ScorecardDocument, { unit: 'DEALER-SH-XX' });
expect('the tree of a scorecard', (scorecard?.nodes.filter((node) => node.isLeaf).length ?? 0) > 0);

// @ts-expect-error: a unit is named by a text
expect('a wrong variable is found before it is sent', (await failure(ask(screens.ScorecardDocument, { unit: 7 }))) !== '');

// @ts-expect-error: there may be no scorecard
expect('what may be null has to be looked at first', scorecard.verdict !== undefined);

let seen = 0;
for (let after: string | null = null; ; ) {
  const { ranking }: screens.RankingQuery = await ask(screens.RankingDocument, { first: 2, after });
  if (!ranking) throw new Error('no ranking');
  seen += ranking.edges.length;
  if (!ranking.pageInfo.hasNextPage) {
    expect(`a ranking of ${seen} places, page by page`, seen === ranking.totalCount);
    break;
  }
  after = ranking.pageInfo.endCursor ?? null;
}

const wrong = { scheme: 'automotive.front-desk', unit: 'DEALER-SH-XX', period: '2014', measure: 'FD.KANBAN', value: 'x' };
const { recordMeasurement } = await ask(screens.RecordOneDocument, { input: wrong });
switch (recordMeasurement.__typename) {
  case 'MeasurementRecorded':
    throw new Error(`recorded: ${recordMeasurement.scorecard?.verdict}`);
  case 'Problem':
    expect(`a typed problem: ${recordMeasurement.code}`, recordMeasurement.path !== undefined);
}

async function failure(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => '', String);
}
