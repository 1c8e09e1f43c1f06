import { getMetadataStorage } from 'class-validator';

let areKept = false;

/**
 * class-validator gathers the rules of a class anew for each object, from those of all classes of the process. Ours are
 * complete once their modules are read, and use no groups: gathered once, they stay.
 */
export const keepGatheredRules = (): void => {
  if (areKept) return;
  areKept = true;
  const storage = getMetadataStorage();
  const gather = storage.getTargetValidationMetadatas.bind(storage);
  const kept = new Map<unknown, ReturnType<typeof gather>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (schema || always || strictGroups || groups?.length) return gather(target, schema, always, strictGroups, groups);
    const rules = kept.get(target) ?? gather(target, schema, always, strictGroups, groups);
    kept.set(target, rules);
    return rules;
  };
};
