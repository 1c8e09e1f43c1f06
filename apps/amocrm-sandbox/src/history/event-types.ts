/** Types of events that can be asked for, with their names, in amoCRM's order of kinds. */
const NAMES: readonly (readonly [key: string, name: string])[] = [
  ['lead_added', 'Новая сделка'],
  ['lead_deleted', 'Сделка удалена'],
  ['lead_restored', 'Сделка восстановлена'],
  ['lead_status_changed', 'Изменение этапа продажи'],
  ['contact_added', 'Новый контакт'],
  ['contact_deleted', 'Контакт удалён'],
  ['contact_restored', 'Контакт восстановлен'],
  ['company_added', 'Новая компания'],
  ['company_deleted', 'Компания удалена'],
  ['company_restored', 'Компания восстановлена'],
  ['customer_added', 'Новый покупатель'],
  ['customer_deleted', 'Покупатель удалён'],
  ['task_added', 'Новая задача'],
  ['task_deleted', 'Задача удалена'],
  ['task_completed', 'Завершение задачи'],
  ['task_type_changed', 'Изменение типа задачи'],
  ['task_text_changed', 'Изменение текста задачи'],
  ['task_deadline_changed', 'Изменение даты исполнения задачи'],
  ['task_result_added', 'Результат по задаче'],
  ['incoming_call', 'Входящий звонок'],
  ['outgoing_call', 'Исходящий звонок'],
  ['incoming_sms', 'Входящее SMS'],
  ['outgoing_sms', 'Исходящее SMS'],
  ['entity_tag_added', 'Теги добавлены'],
  ['entity_tag_deleted', 'Теги убраны'],
  ['entity_linked', 'Прикрепление'],
  ['entity_unlinked', 'Открепление'],
  ['sale_field_changed', 'Изменение поля «Бюджет»'],
  ['name_field_changed', 'Изменение поля «Название»'],
  ['custom_field_value_changed', 'Изменение поля'],
  ['entity_responsible_changed', 'Ответственный изменён'],
  ['common_note_added', 'Новое примечание'],
  ['attachment_note_added', 'Добавлен новый файл'],
  ['service_note_added', 'Новое системное примечание'],
  ['geo_note_added', 'Новое примечание с геометкой'],
  ['message_to_cashier_note_added', 'Сообщение кассиру'],
];

/** `{key, type, lang}` as `GET /events/types` lists them. */
export const EVENT_TYPES: readonly object[] = NAMES.map(([key, lang], index) => ({ key, type: index + 1, lang }));

const BY_KEY = new Map(NAMES);

/** The Russian name of an event's type. */
export function eventName(type: string): string {
  return BY_KEY.get(type.replace(/^custom_field_\d+_/, 'custom_field_')) ?? type;
}
