import type { DealsTexts } from './keys.js';

/** What copying says in Russian. */
export const dealsRu: DealsTexts = {
  'deals.part.name': 'Название',
  'deals.part.price': 'Бюджет',
  'deals.part.pipeline': 'Воронка',
  'deals.part.stage': 'Этап',
  'deals.part.responsible': 'Ответственный',
  'deals.part.tags': 'Теги',
  'deals.part.contacts': 'Контакты',
  'deals.part.company': 'Компания',
  'deals.part.closedAt': 'Дата закрытия',
  'deals.part.lossReason': 'Причина отказа',
  'deals.part.products': 'Товары',
  'deals.part.tasks': 'Задачи',
  'deals.part.notes': 'Примечания',

  'deals.remark.by_options': 'Не копируется по настройкам копирования.',
  'deals.remark.starts_anew': 'Копия начинается заново: сведения о закрытии исходной сделки к ней не относятся.',
  'deals.remark.field_gone': 'Поля «{field}» больше нет в аккаунте.',
  'deals.remark.field_computed': 'Поле «{field}» amoCRM вычисляет сама.',
  'deals.remark.choice_gone': 'В поле «{field}» больше нет варианта «{choice}».',
  'deals.remark.field_value_unreadable': 'Значение поля «{field}» не удалось прочитать, оно не скопировано.',
  'deals.remark.field_value_invalid':
    'Значение, заданное для поля «{field}», ему не подходит. Проверьте настройки копирования.',
  'deals.remark.field_value_empty': 'Шаблон поля «{field}» дал пустое значение.',
  'deals.remark.product_archived': 'Товар «{product}» в архиве, его нельзя добавить в сделку.',
  'deals.remark.product_gone': 'Товара «{product}» больше нет в каталоге.',
  'deals.remark.product_without_quantity': 'У товара «{product}» не указано количество.',
  'deals.remark.note_type_not_copyable': 'Примечания типа «{type}» amoCRM не даёт создавать.',
  'deals.remark.note_type_not_chosen': 'Примечания типа «{type}» не выбраны в настройках копирования.',
  'deals.remark.note_empty': 'В примечании нет текста.',
  'deals.remark.note_is_link': 'Примечание ссылается на другую копию исходной сделки.',
  'deals.remark.attachment_not_stored': 'Файла нет в хранилище amoCRM, прикрепить его нельзя.',
  'deals.remark.over_limit': 'Копируется не больше {limit}.',

  'deals.remark.stage_of_other_pipeline':
    'Этап «{stage}» относится к воронке «{pipeline}»; копия будет на этапе «{used}».',
  'deals.remark.stage_gone': 'Этапа {stage} больше нет; копия будет на этапе «{used}».',
  'deals.remark.stage_unsorted': 'На этап «{stage}» сделки через API не попадают; копия будет на этапе «{used}».',
  'deals.remark.stage_closed': 'Копия сразу окажется закрытой: этап «{stage}».',
  'deals.remark.responsible_inactive': 'Пользователь {user} отключён или удалён; ответственного назначит amoCRM.',
  'deals.remark.requester_unknown': 'В amoCRM нет пользователя с вашей почтой; ответственного назначит amoCRM.',
  'deals.remark.round_robin_empty': 'Все пользователи очереди отключены; ответственного назначит amoCRM.',
  'deals.remark.price_invalid': 'Бюджет не является суммой, у копии он не заполнен.',
  'deals.remark.task_responsible_replaced':
    'Задач, ответственные которых отключены: {count}; они достанутся ответственному за копию.',
  'deals.remark.task_type_replaced': 'Типа задачи {type} больше нет, использован обычный.',
  'deals.remark.note_authors_replaced': 'Примечаний, авторы которых отключены: {count}; у копий другой автор.',
  'deals.remark.note_cut': 'Текст примечания длиннее {limit} знаков и обрезан.',

  'deals.remark.refused_field': 'amoCRM не приняла поле «{field}», копия создана без него.',
  'deals.remark.refused_field_value': 'amoCRM не приняла одно из значений поля «{field}», копия создана без него.',
  'deals.remark.refused_responsible': 'amoCRM не приняла ответственного {user} и назначила своего.',
  'deals.remark.refused_contact': 'amoCRM не приняла контакт #{contact}, копия создана без него.',
  'deals.remark.refused_company': 'amoCRM не приняла компанию #{company}, копия создана без неё.',
  'deals.remark.refused_tag': 'amoCRM не приняла тег «{tag}», копия создана без него.',
  'deals.remark.price_rounded': 'amoCRM не приняла бюджет {before}, он округлён до {after}.',

  'deals.failure.source_not_found': 'Сделки #{deal} нет в amoCRM, или она удалена.',
  'deals.failure.source_lost_midway':
    'Сделка #{deal} исчезла из amoCRM во время копирования; копия #{copy} осталась неполной.',
  'deals.failure.marker_gone':
    'Неизвестно, создана ли копия сделки #{deal}: поле с меткой копий в amoCRM удалено или заменено. Проверьте новые сделки вручную.',
  'deals.failure.source_is_copy': 'Сделка #{deal} сама является копией сделки #{original}.',
  'deals.failure.pipeline_gone': 'Воронка копии удалена, в архиве или не имеет рабочих этапов.',
  'deals.failure.refused': 'amoCRM не приняла копию: {reason}',
  'deals.failure.gave_up': 'Копирование прекращено после нескольких попыток ({code}).',
  'deals.failure.not_plannable': 'Копию нельзя составить ({code}).',
  'deals.failure.product_refused': 'amoCRM не приняла товар «{product}»: {reason}',
  'deals.failure.task_refused': 'amoCRM не приняла задачу «{task}»: {reason}',
  'deals.failure.note_refused': 'amoCRM не приняла примечание: {reason}',
};
