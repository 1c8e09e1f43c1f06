import { AppError } from '../shared/app-error.js';
import type { CopyDirectory } from './copy-directory.js';
import { formatMarker, parseMarker, type CopyMarker } from './copy-marker.js';
import type { CopyOptions } from './copy-options.js';
import type { CopyPlan, DealDraft } from './copy-plan.js';
import { dealsErrors } from './deals.errors.js';
import { planFields } from './fields/plan-fields.js';
import { fillTemplate, parseTemplate, renderName, type TemplateContext } from './name-template.js';
import { planCompany, planContacts, planPrice, planTags } from './planning/plan-links.js';
import { planNotes } from './planning/plan-notes.js';
import { planProducts } from './planning/plan-products.js';
import { planResponsible } from './planning/plan-responsible.js';
import { planTarget } from './planning/plan-target.js';
import { planTasks } from './planning/plan-tasks.js';
import { builtIn, changed, kept, planned, type PlannedPart } from './planning/part.js';
import type { DealNote, DealTask, Product, SourceDeal } from './source-deal.js';

export interface CopyInput {
  readonly source: SourceDeal;
  readonly options: CopyOptions;
  readonly directory: CopyDirectory;
  /** Open tasks of the source. */
  readonly tasks: readonly DealTask[];
  /** Notes of the source, of the chosen types or more. */
  readonly notes: readonly DealNote[];
  /** The catalogue elements behind the source's product lines, as far as amoCRM still has them. */
  readonly products: readonly Product[];
  /** The requester among amoCRM's users, null when there is none. */
  readonly requesterAmoUserId: number | null;
  /** amoCRM's clock, not ours: deadlines and dates of notes are compared there. */
  readonly now: Date;
  /** Place of the item in its operation, from 1. */
  readonly counter: number;
  /** Turn of the item among the users of `round_robin`, from 0. */
  readonly roundRobinIndex: number;
  /** The account's, IANA name. */
  readonly timeZone: string;
  /** Null in a preview: nothing is created then. */
  readonly marker: CopyMarker | null;
}

/** The marker that a deal carries: what it was copied from, when it is itself one of our copies. */
export const markerOf = (deal: Pick<SourceDeal, 'fields'>, markerFieldId: number): CopyMarker | undefined => {
  const value = deal.fields.find(({ fieldId }) => fieldId === markerFieldId)?.values[0]?.['value'];
  return typeof value === 'string' ? parseMarker(value) : undefined;
};

const planName = (input: CopyInput, context: TemplateContext): PlannedPart<string> => {
  const { source, options, directory } = input;
  const isCopy = markerOf(source, directory.markerFieldId) !== undefined;
  const name = renderName(parseTemplate(options.nameTemplate, 'nameTemplate'), context, isCopy);
  const named = builtIn('name');
  return planned(name, [name === source.name ? kept(named, name) : changed(named, source.name, name)]);
};

const planDealFields = (input: CopyInput, context: TemplateContext): PlannedPart<DealDraft['fields']> => {
  const { source, options, directory, marker, timeZone } = input;
  const fill = (text: string): string => fillTemplate(parseTemplate(text, 'fields.rules'), context);
  const fields = planFields(source, options.fields, directory, { fill, timeZone });
  if (!marker) return fields;
  const mark = { fieldId: directory.markerFieldId, values: [{ value: formatMarker(marker) }] };
  return { ...fields, value: [...fields.value, mark] };
};

/**
 * Everything that a copy of a deal consists of, and what it means for each part of the source. Pure: the same input
 * gives the same plan. Lists of ids and names in differences are in the source's order; instants are ISO 8601 texts.
 *
 * @throws AppError `deals.pipeline_gone` when the pipeline is unknown, archived or has no working stage
 * @throws AppError `deals.copy_source_not_found` when the source is in amoCRM's trash
 * @throws AppError `deals.template_invalid` when a template of the options cannot be read; `checkOptions` says so before
 */
export const planCopy = (input: CopyInput): CopyPlan => {
  const { source, options, directory, now, counter, timeZone } = input;
  if (source.isDeleted)
    throw new AppError(dealsErrors['deals.copy_source_not_found'], { details: { dealId: source.id } });
  const target = planTarget(source, options, directory);
  const responsible = planResponsible(options.responsible, source, directory, input);
  const { pipeline, stage } = target.value;
  const responsibleId = responsible.value?.id ?? null;
  const context: TemplateContext = {
    source,
    directory,
    pipelineName: pipeline.name,
    stageName: stage.name,
    responsibleName: responsible.value?.name ?? '',
    now,
    timeZone,
    counter,
  };
  const name = planName(input, context);
  const price = planPrice(source, options.price);
  const fields = planDealFields(input, context);
  const contacts = planContacts(source, options.contacts);
  const company = planCompany(source, options.company);
  const tags = planTags(source, options.tags);
  const products = planProducts(source.products, input.products, options.products);
  const tasks = planTasks(input.tasks, options.tasks, responsibleId, now, directory);
  const notes = planNotes(input.notes, options.notes, now, directory);
  const parts = [name, target, responsible, price, fields, contacts, company, tags, products, tasks, notes];
  return {
    deal: {
      name: name.value,
      price: price.value,
      pipelineId: pipeline.id,
      stageId: stage.id,
      responsibleUserId: responsibleId,
      fields: fields.value,
      tags: tags.value,
      contacts: contacts.value,
      companyId: company.value,
    },
    products: products.value,
    tasks: tasks.value,
    notes: notes.value,
    differences: parts.flatMap(({ differences }) => differences),
    warnings: parts.flatMap(({ warnings }) => warnings),
  };
};
