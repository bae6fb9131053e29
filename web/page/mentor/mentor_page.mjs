// The course of the mentor's visit: read what there is, draw it, write what is changed, and read it
// anew whenever somebody, here or elsewhere, has changed something.
import { element } from '../common/element.mjs';
import { Live } from '../common/live.mjs';
import { keepFocus } from './focus.mjs';
import { addHoursDialog } from './hours_dialog.mjs';
import { showHours } from './hours_view.mjs';
import { clear, tell } from './messages.mjs';
import { addedInWords } from './override_news.mjs';
import { problemInWords } from './problem.mjs';
import { askToRemove } from './removal.mjs';
import { openSession } from './session_dialog.mjs';
import { SettingsView } from './settings_view.mjs';
import { signOut } from './sign_in.mjs';
import { addOverrideDialog } from './time_off_dialog.mjs';
import { comingOverrides, showOverrides } from './time_off_view.mjs';
import { datesOfWeek } from './week.mjs';
import { showWeek } from './week_view.mjs';
import { addDays } from './zone_clock.mjs';

const at = (id) => document.getElementById(id);

export class MentorPage {
  #api;
  #data;
  #words;
  #dates = [];
  #now = Date.now();
  #latestLoad = 0;
  #latest;
  #looking = false;
  #mustLook = false;
  #shown = '';
  #settings;

  /**
   * @param {import('../common/api.mjs').Api} api
   * @param {import('./mentor_data.mjs').MentorData} data
   * @param {import('./words.mjs').Words} words
   */
  constructor(api, data, words) {
    this.#api = api;
    this.#data = data;
    this.#words = words;
  }

  async start() {
    this.#nameControls();
    this.#settings = new SettingsView(at('settings'),
      { words: this.#words, onTry: clear, onSave: (changes) => this.#saveSettings(changes) });
    await this.load();
    // What is told first is the list as it is: what happened between our look and it is seen.
    new Live(this.#api, this.#data.mentor, { onChange: () => { this.#look(); } });
  }

  get #today() {
    return this.#words.clock.dateOf(this.#now);
  }

  #nameControls() {
    const say = (phrase) => this.#words.say(phrase);
    const names = { 'hours-heading': 'hours', 'overrides-heading': 'overrides',
      'settings-heading': 'settings', 'add-hours': 'add_hours', 'add-time-off': 'add_time_off',
      'add-extra-hours': 'add_extra_hours', 'this-week': 'this_week', 'to-hours': 'hours',
      'to-overrides': 'overrides', 'to-settings': 'settings' };
    for (const [id, phrase] of Object.entries(names)) at(id).textContent = say(phrase);
    for (const [id, phrase] of [['previous-week', 'previous_week'], ['next-week', 'next_week']]) {
      at(id).ariaLabel = say(phrase);
    }
    at('ways').ariaLabel = say('on_this_page');
    this.#onPress('previous-week', () => this.#turn(addDays(this.#dates[0], -7)));
    this.#onPress('next-week', () => this.#turn(addDays(this.#dates[0], 7)));
    this.#onPress('this-week', () => this.#turn(this.#words.clock.dateOf(Date.now())));
    this.#onPress('add-hours', () => addHoursDialog({
      ...this.#dialogOptions, onAdded: () => this.#changed('hours_added'),
    }));
    for (const [id, available] of [['add-time-off', false], ['add-extra-hours', true]]) {
      this.#onPress(id, () => addOverrideDialog({
        ...this.#dialogOptions,
        available,
        onAdded: (row) => this.#overrideAdded(row),
      }));
    }
  }

  get #dialogOptions() {
    return { words: this.#words, data: this.#data, today: this.#words.clock.dateOf(Date.now()) };
  }

  #onPress(id, todo) {
    at(id).addEventListener('click', () => {
      clear();
      todo();
    });
  }

  #go(date) {
    this.#dates = datesOfWeek(date, this.#words.weekdays()[0].number);
    return this.load();
  }

  /** Another week is another height: the button that turned to it stays in sight with its ring. */
  async #turn(date) {
    await this.#go(date);
    document.activeElement?.scrollIntoView({ block: 'nearest' });
  }

  /**
   * Reads everything; of several under way, the last one asked for is shown.
   * @returns {Promise<void>} when what is shown is as new as this call
   */
  load() {
    this.#latest = this.#loadNow();
    return this.#latest;
  }

  async #loadNow() {
    const load = this.#latestLoad += 1;
    at('page').ariaBusy = 'true';
    try {
      const read = await this.#read();
      if (load === this.#latestLoad) this.#show(read);
    } catch (error) {
      if (load === this.#latestLoad) this.#tellTrouble(error);
    }
    if (load !== this.#latestLoad) return this.#latest;
    at('page').ariaBusy = 'false';
    return undefined;
  }

  /** Of many changes while a look is under way, one more look shows all. */
  async #look() {
    this.#mustLook = true;
    if (this.#looking) return;
    this.#looking = true;
    while (this.#mustLook) {
      this.#mustLook = false;
      await this.load();
    }
    this.#looking = false;
  }

  async #read() {
    const [info, settings, hours, overrides] = await Promise.all([this.#data.info(),
      this.#data.settings(), this.#data.hours(), this.#data.overrides()]);
    this.#now = Date.now();
    this.#useZone(info.time_zone);
    const dates = this.#dates;
    const [first, last] = [dates[0], dates.at(-1)];
    const instants = [first, addDays(last, 1)].map((date) => this.#words.clock.startOf(date));
    const [sessions, slots] = await Promise.all([
      this.#data.sessions(...instants),
      this.#data.slots(first, last),
    ]);
    return { settings, hours, overrides, sessions, slots, dates };
  }

  #useZone(zone) {
    if (this.#words.zone !== zone) this.#words.zone = zone;
    if (this.#dates.length === 0) {
      this.#dates = datesOfWeek(this.#today, this.#words.weekdays()[0].number);
    }
  }

  /** A list that is the same is not drawn anew: whoever reads it would lose their place. */
  #show({ settings, hours, overrides, sessions, slots, dates }) {
    const coming = comingOverrides(overrides, this.#now);
    const seen = JSON.stringify(
      [this.#today, this.#words.zone, hours, coming, sessions, slots, dates]);
    if (seen !== this.#shown) {
      this.#showWeek({ overrides, sessions, slots, dates });
      this.#showRules(hours, overrides, coming);
    }
    this.#shown = seen;
    this.#settings.show(settings);
  }

  #showWeek({ overrides, sessions, slots, dates }) {
    const words = this.#words;
    at('zone').textContent = words.say('zone', { zone: words.zoneInWords() });
    at('week-heading').textContent = words.say('week_of', { date: words.date(dates[0]) });
    at('this-week').ariaDisabled = String(dates.includes(this.#today));
    const [first, last] = [dates[0], addDays(dates.at(-1), 1)]
      .map((date) => words.clock.startOf(date));
    const inWeek = comingOverrides(overrides, first).filter(({ from }) => from < last);
    keepFocus(() => showWeek(at('week'), { dates, slots, overrides: inWeek, sessions },
      { words, now: this.#now, onOpen: (session) => this.#open(session) }), 'week');
  }

  #showRules(hours, overrides, coming) {
    const words = this.#words;
    keepFocus(() => showHours(at('hours'), hours, {
      words, today: this.#today, onRemove: (row, what) => this.#removeHours(row, what),
    }), 'add-hours');
    keepFocus(() => showOverrides(at('overrides'), coming,
      { words, onRemove: (row, what) => this.#removeOverride(row, what) }), 'add-time-off');
    const noHours = overrides.length === 0 ? 'no_hours' : 'no_weekly_hours';
    at('no-hours').textContent = hours.length === 0 ? words.say(noHours) : '';
    at('no-overrides').textContent = coming.length === 0 ? words.say('no_overrides') : '';
  }

  #open(session) {
    clear();
    openSession(session, {
      words: this.#words,
      now: Date.now(),
      onCancel: async (reason) => {
        const result = await this.#data.cancel(session, reason);
        await this.load();
        this.#tellCancelled(session, result);
      },
    });
  }

  #tellCancelled(session, result) {
    const { title, body, tone } = this.#words.outcome(result);
    if (result.outcome !== 'cancelled') {
      tell({ title, body, tone, outcome: result.outcome }, this.#words);
      return;
    }
    const { when } = this.#words.session(session);
    tell({
      title: this.#words.say('cancelled'),
      body: this.#words.say('cancelled_what', { startup: String(session.startup_id), when }),
      outcome: result.outcome,
    }, this.#words);
  }

  #removeHours(row, what) {
    clear();
    askToRemove('hours', what, async () => {
      await this.#data.removeHours(row.id);
      await this.#changed('hours_removed');
    }, this.#words);
  }

  #removeOverride(row, what) {
    clear();
    askToRemove(row.available ? 'extraHours' : 'timeOff', what, async () => {
      await this.#data.removeOverride(row.id);
      await this.load();
      tell({ title: this.#words.say('override_removed'), body: what }, this.#words);
    }, this.#words);
  }

  async #saveSettings(changes) {
    if (Object.keys(changes).length === 0) {
      tell({ title: this.#words.say('nothing_changed'), tone: 'info' }, this.#words);
      return null;
    }
    const row = await this.#data.saveSettings(changes);
    // Not waited for: the form knows its row, and shows it first.
    this.load().then(() => this.#tellChanged('settings_saved'));
    return row;
  }

  async #changed(news) {
    await this.load();
    this.#tellChanged(news);
  }

  async #overrideAdded(row) {
    const [added] = await Promise.all([addedInWords(row, this.#dialogOptions), this.load()]);
    this.#tellChanged(row.available ? 'extra_hours_added' : 'time_off_added', added);
  }

  #tellChanged(news, what = []) {
    tell({ title: this.#words.say(news), body: [...what, this.#words.say('seen_at_once')] },
      this.#words);
  }

  #tellTrouble(error) {
    // The next visit shall not begin with a token that is refused.
    if (error.status === 401) signOut();
    const again = element('button', { type: 'button', 'data-action': 'retry' },
      this.#words.say('retry'));
    again.addEventListener('click', async () => {
      clear();
      await this.load();
      at('week-heading').focus();
    });
    tell({
      title: this.#words.say('trouble'), body: problemInWords(error, this.#words), tone: 'error',
    }, this.#words, [again]);
  }
}
