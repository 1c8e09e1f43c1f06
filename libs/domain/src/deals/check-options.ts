import type { FieldIssue } from '../shared/app-error.js';
import { activeUser, firstOpenStage, type CopyDirectory, type CopyPipeline } from './copy-directory.js';
import type { CopyOptions, FieldRule, ResponsibleRule } from './copy-options.js';
import { setField } from './fields/set-field.js';
import { isCopyableNoteType } from './note-params.js';
import { readTemplate, templateFields } from './template/tokens.js';
import { lengthOf } from './text.js';

/** Limits of options; a longer list is a mistake of some program. */
export const OPTION_LIMITS = { rules: 500, tags: 100, tagLength: 255, turns: 100 } as const;

const issue = (path: string, code: string, message: string): FieldIssue => ({ path, code, message });

type Fields = Pick<CopyDirectory, 'leadFields'>;

const hasField = ({ leadFields }: Fields, ref: number | string): boolean =>
  leadFields.some(({ id, code }) => (typeof ref === 'number' ? id === ref : code?.toUpperCase() === ref.toUpperCase()));

const checkTemplate = (text: string, path: string, directory: Fields): readonly FieldIssue[] => {
  const { tokens, issues } = readTemplate(text, path);
  const unknown = templateFields({ tokens }).filter((ref) => !hasField(directory, ref));
  return [...issues, ...unknown.map((ref) => issue(path, 'unknown_field', `The account has no deal field "${ref}"`))];
};

const checkStage = (
  stageId: number,
  pipeline: CopyPipeline | undefined,
  directory: CopyDirectory,
): readonly FieldIssue[] => {
  const path = 'stageId';
  const own = pipeline?.stages.find(({ id }) => id === stageId);
  const owner = directory.pipelines.find(({ stages }) => stages.some(({ id }) => id === stageId));
  const stage = own ?? owner?.stages.find(({ id }) => id === stageId);
  if (!stage || !owner) return [issue(path, 'unknown_stage', `The account has no stage ${stageId}`)];
  if (pipeline && !own)
    return [issue(path, 'stage_of_other_pipeline', `Stage ${stageId} belongs to pipeline ${owner.id}`)];
  return stage.kind === 'unsorted'
    ? [issue(path, 'unsorted_stage', 'amoCRM takes no deals into this stage by API')]
    : [];
};

/** What is wrong with a pipeline and a stage that deals are to come to. */
export const checkTarget = (
  { pipelineId, stageId }: Pick<CopyOptions, 'pipelineId' | 'stageId'>,
  directory: CopyDirectory,
): readonly FieldIssue[] => {
  const path = 'pipelineId';
  const pipeline = directory.pipelines.find(({ id }) => id === pipelineId);
  const stage = stageId === null ? [] : checkStage(stageId, pipeline, directory);
  if (pipelineId === null) return stage;
  if (!pipeline) return [issue(path, 'unknown_pipeline', `The account has no pipeline ${pipelineId}`), ...stage];
  if (pipeline.isArchived) return [issue(path, 'archived_pipeline', 'The pipeline is archived'), ...stage];
  const needsDefault = stageId === null && !firstOpenStage(pipeline);
  return needsDefault
    ? [issue(path, 'no_working_stage', 'The pipeline has no stage that takes deals'), ...stage]
    : stage;
};

const checkUser = (userId: number, path: string, directory: CopyDirectory): readonly FieldIssue[] => {
  if (activeUser(directory, userId)) return [];
  return directory.users.some(({ id }) => id === userId)
    ? [issue(path, 'inactive_user', `User ${userId} is deactivated`)]
    : [issue(path, 'unknown_user', `The account has no user ${userId}`)];
};

/** Somebody on leave does not stop a rota: deactivated users in it are skipped, as long as somebody is left. */
const checkTurns = (userIds: readonly number[], directory: CopyDirectory): readonly FieldIssue[] => {
  const path = 'responsible.userIds';
  if (userIds.length === 0) return [issue(path, 'no_users', 'At least one user is needed')];
  if (userIds.length > OPTION_LIMITS.turns) return [issue(path, 'too_many', `At most ${OPTION_LIMITS.turns} users`)];
  const unknown = userIds.flatMap((id, index) =>
    checkUser(id, `${path}.${index}`, directory).filter(({ code }) => code === 'unknown_user'),
  );
  if (unknown.length > 0 || userIds.some((id) => activeUser(directory, id))) return unknown;
  return [issue(path, 'inactive_user', 'All of these users are deactivated')];
};

/** What is wrong with a rule that names users. */
export const checkResponsible = (rule: ResponsibleRule, directory: CopyDirectory): readonly FieldIssue[] => {
  if (rule.mode === 'user') return checkUser(rule.userId, 'responsible.userId', directory);
  return rule.mode === 'round_robin' ? checkTurns(rule.userIds, directory) : [];
};

const checkPrice = ({ policy, value }: CopyOptions['price']): readonly FieldIssue[] => {
  if (policy !== 'set') return [];
  const isAmount = typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
  return isAmount ? [] : [issue('price.value', 'price_invalid', 'A number from 0 is needed')];
};

const checkSet = (rule: FieldRule, path: string, directory: CopyDirectory): readonly FieldIssue[] => {
  const field = directory.leadFields.find(({ id }) => id === rule.fieldId);
  if (!field) return [];
  if (field.isComputed) return [issue(`${path}.fieldId`, 'computed_field', 'amoCRM computes the field itself')];
  const at = `${path}.value`;
  const { value } = rule;
  if (typeof value === 'string') {
    const faults = checkTemplate(value, at, directory);
    // What variables will give is known only when a deal is copied.
    if (faults.length > 0 || value.includes('{{')) return faults;
  }
  // Any zone serves: whether a date can be read does not depend on it.
  const result = setField(value, field, { fill: (text) => text, timeZone: 'UTC' });
  if ('fault' in result) return [issue(at, 'field_value_invalid', result.fault)];
  return result.values.length > 0 ? [] : [issue(at, 'field_value_invalid', 'The value is empty; use the policy clear')];
};

const checkRule = (
  rule: FieldRule,
  index: number,
  seen: Set<number>,
  directory: CopyDirectory,
): readonly FieldIssue[] => {
  const path = `fields.rules.${index}`;
  if (seen.has(rule.fieldId)) return [issue(`${path}.fieldId`, 'duplicate_field', 'The field has a rule already')];
  seen.add(rule.fieldId);
  if (rule.fieldId === directory.markerFieldId) {
    return [issue(`${path}.fieldId`, 'reserved_field', 'The field marks copies and is written by the product itself')];
  }
  if (!hasField(directory, rule.fieldId)) {
    return [issue(`${path}.fieldId`, 'unknown_field', `The account has no deal field ${rule.fieldId}`)];
  }
  return rule.policy === 'set' ? checkSet(rule, path, directory) : [];
};

const checkFields = ({ rules }: CopyOptions['fields'], directory: CopyDirectory): readonly FieldIssue[] => {
  if (rules.length > OPTION_LIMITS.rules)
    return [issue('fields.rules', 'too_many', `At most ${OPTION_LIMITS.rules} rules`)];
  const seen = new Set<number>();
  return rules.flatMap((rule, index) => checkRule(rule, index, seen, directory));
};

const checkTagList = (tags: readonly string[], path: string): readonly FieldIssue[] => {
  if (tags.length > OPTION_LIMITS.tags) return [issue(path, 'too_many', `At most ${OPTION_LIMITS.tags} tags`)];
  return tags.flatMap((tag, index) => {
    if (tag.trim() === '') return [issue(`${path}.${index}`, 'blank_tag', 'A tag needs a name')];
    const isLong = lengthOf(tag) > OPTION_LIMITS.tagLength;
    return isLong ? [issue(`${path}.${index}`, 'tag_too_long', `At most ${OPTION_LIMITS.tagLength} characters`)] : [];
  });
};

const checkNotes = (types: readonly string[]): readonly FieldIssue[] =>
  types.flatMap((type, index) =>
    isCopyableNoteType(type)
      ? []
      : [issue(`notes.${index}`, 'unsupported_note_type', `Notes of type "${type}" cannot be created`)],
  );

/**
 * Everything in the options that does not fit the account, with dot paths from the options' root; empty when they do.
 * Codes: template_invalid, unknown_field, unknown_pipeline, archived_pipeline, no_working_stage, unknown_stage,
 * stage_of_other_pipeline, unsorted_stage, unknown_user, inactive_user, no_users, price_invalid, duplicate_field,
 * reserved_field, computed_field, field_value_invalid, blank_tag, tag_too_long, unsupported_note_type, too_many.
 */
export const checkOptions = (options: CopyOptions, directory: CopyDirectory): readonly FieldIssue[] => [
  ...checkTemplate(options.nameTemplate, 'nameTemplate', directory),
  ...checkTarget(options, directory),
  ...checkResponsible(options.responsible, directory),
  ...checkPrice(options.price),
  ...checkFields(options.fields, directory),
  ...checkTagList(options.tags.add, 'tags.add'),
  ...checkTagList(options.tags.remove, 'tags.remove'),
  ...checkNotes(options.notes),
];
