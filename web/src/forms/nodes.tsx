/** Draws the nodes of a section: each question by its type, groups as fieldsets, repeats with their instances. */
import { Button, ButtonRow } from '../components/button/button';
import { useTexts } from '../i18n/context';
import type { DraftSession } from './draft-session';
import { fieldFrame } from './field-frame';
import { DateField } from './fields/date-field';
import {
  AcknowledgeField,
  BooleanField,
  SelectMultipleField,
  SelectOneField,
} from './fields/choice-field';
import { DocumentField } from './fields/document-field';
import { MomentField } from './fields/moment-field';
import { OutputField } from './fields/output-field';
import { PlaceField } from './fields/place-field';
import { RangeField } from './fields/range-field';
import { RankField } from './fields/rank-field';
import { TextField } from './fields/text-field';
import { instancesOf, onlyChoice, placedChildren } from './form-index';
import type { PlacedNode } from './form-index';
import { useStore } from './store';

interface NodesProps {
  readonly session: DraftSession;
  readonly parent: PlacedNode;
}

/** Everything relevant below `parent`. */
export function Nodes({ session, parent }: NodesProps) {
  const { nodes } = useStore(session.state);
  return (
    <>
      {placedChildren(session.form, nodes, parent).map((placed) => (
        <Node key={placed.path} session={session} placed={placed} />
      ))}
    </>
  );
}

interface NodeProps {
  readonly session: DraftSession;
  readonly placed: PlacedNode;
}

function Node({ session, placed }: NodeProps) {
  switch (placed.node.kind) {
    case 'note':
      return <p class="form-note">{session.textAt(placed.path, placed.node.label)}</p>;
    case 'group':
      return (
        <section class="form-group">
          {placed.node.label && <h2>{session.textAt(placed.path, placed.node.label)}</h2>}
          {placed.node.hint && <p>{session.textAt(placed.path, placed.node.hint)}</p>}
          <Nodes session={session} parent={placed} />
        </section>
      );
    case 'repeat':
      return <Repeat session={session} placed={placed} />;
    case 'question':
      return <Question session={session} placed={placed} />;
  }
}

function Question({ session, placed }: NodeProps) {
  const texts = useTexts();
  const state = useStore(session.state).nodes.get(placed.path);
  if (!state) return null;
  const props = { session, placed, state, frame: fieldFrame(session, texts, placed, state) };
  if (state.calculated === true) return <OutputField {...props} />;
  const agreed = onlyChoice(session.form, placed.node);
  if (agreed !== undefined) return <AcknowledgeField {...props} agreed={agreed} />;
  switch (placed.node.type) {
    case 'date':
    case 'partial_date':
      return <DateField {...props} />;
    case 'boolean':
      return (placed.node.appearance ?? '').includes('checkbox') ? (
        <AcknowledgeField {...props} />
      ) : (
        <BooleanField {...props} />
      );
    case 'acknowledge':
      return <AcknowledgeField {...props} />;
    case 'select_multiple':
      return <SelectMultipleField {...props} />;
    case 'rank':
      return <RankField {...props} />;
    case 'range':
      return <RangeField {...props} />;
    case 'time':
    case 'dateTime':
    case 'datetime':
      return <MomentField {...props} />;
    case 'geopoint':
      return <PlaceField {...props} />;
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return <DocumentField {...props} />;
    case 'calculate':
    case 'hidden':
      return null;
    default:
      return placed.node.list === undefined ? (
        <TextField {...props} />
      ) : (
        <SelectOneField {...props} />
      );
  }
}

/** The instances of a repeat, with ways to add and remove one. */
export function Repeat({ session, placed }: NodeProps) {
  const { t } = useTexts();
  const { nodes } = useStore(session.state);
  const instances = instancesOf(nodes, placed);
  const fixed = nodes.get(placed.path)?.readonly === true;
  const ignore = new AbortController().signal;
  return (
    <section class="form-group">
      {placed.node.label && <h2>{session.textAt(placed.path, placed.node.label)}</h2>}
      {placed.node.hint && (
        <p class="field__hint">{session.textAt(placed.path, placed.node.hint)}</p>
      )}
      {instances.map((instance, index) => (
        <fieldset class="form-instance" key={instance.path}>
          <legend>{t('repeat_instance', { number: index + 1, count: instances.length })}</legend>
          <Nodes session={session} parent={instance} />
          {!fixed && (
            <Button
              kind="plain"
              onClick={() => void session.removeInstance(placed.path, index + 1, ignore)}
            >
              {t('repeat_remove', { number: index + 1 })}
            </Button>
          )}
        </fieldset>
      ))}
      {!fixed && (
        <ButtonRow>
          <Button kind="secondary" onClick={() => void session.addInstance(placed.path, ignore)}>
            {t(instances.length === 0 ? 'repeat_add_first' : 'repeat_add')}
          </Button>
        </ButtonRow>
      )}
    </section>
  );
}
