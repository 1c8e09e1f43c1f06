import { getMetadataStorage } from 'class-validator';

let areKept = false;

/**
 * class-validator gathers the rules of a class anew for each object, from those of all classes of the process, and sorts
 * them by property. Ours are complete once their modules are read, and use no groups: gathered and sorted once, they stay.
 */
export const keepGatheredRules = (): void => {
  if (areKept) return;
  areKept = true;
  const storage = getMetadataStorage();
  const gather = storage.getTargetValidationMetadatas.bind(storage);
  const kept = new Map<unknown, ReturnType<typeof gather>>();
  // Its schema is a rule's target told by name: a nested object comes with its parent's, and has none of these rules.
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (always || strictGroups || groups?.length) return gather(target, schema, always, strictGroups, groups);
    const rules = kept.get(target) ?? gather(target, '', always, strictGroups, groups);
    kept.set(target, rules);
    return rules;
  };
  const sort = storage.groupByPropertyName.bind(storage);
  const sorted = new WeakMap<object, ReturnType<typeof sort>>();
  storage.groupByPropertyName = (rules) => {
    const groups = sorted.get(rules) ?? sort(rules);
    sorted.set(rules, groups);
    return groups;
  };
};
