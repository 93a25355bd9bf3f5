/** A place on earth as latitude and longitude: typed, or asked of the phone, which can tell offline too. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../components/button/button';
import { useTexts } from '../../i18n/context';
import type { FieldProps } from '../field-props';
import { TextField } from './text-field';

/** A first fix without a network takes a phone this long at times. */
const kPatienceMs = 60_000;

/** "latitude longitude altitude accuracy", as XForms have it; six digits are a hand's breadth. */
export function placeText({
  latitude,
  longitude,
  altitude,
  accuracy,
}: GeolocationCoordinates): string {
  const metres = (value: number | null): string => (value === null ? '0' : value.toFixed(1));
  return `${latitude.toFixed(6)} ${longitude.toFixed(6)} ${metres(altitude)} ${metres(accuracy)}`;
}

type Asking = 'no' | 'yes' | 'denied' | 'unknown';

export function PlaceField(props: FieldProps) {
  const { session, placed, state } = props;
  const { t } = useTexts();
  const [asking, setAsking] = useState<Asking>('no');
  const here = useRef(true);
  useEffect(() => () => void (here.current = false), []);
  const ask = (): void => {
    setAsking('yes');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (!here.current) return;
        setAsking('no');
        session.answer(placed.path, placeText(coords));
      },
      ({ code, PERMISSION_DENIED }) => {
        if (here.current) setAsking(code === PERMISSION_DENIED ? 'denied' : 'unknown');
      },
      { enableHighAccuracy: true, timeout: kPatienceMs },
    );
  };
  return (
    <TextField {...props}>
      {!state.readonly && 'geolocation' in navigator && (
        <p class="field__echo">
          <Button kind="secondary" busy={asking === 'yes'} onClick={ask}>
            {t('place_ask')}
          </Button>
        </p>
      )}
      <p class="field__echo" role="status">
        {asking === 'yes' && t('place_asking')}
        {asking === 'denied' && t('place_denied')}
        {asking === 'unknown' && t('place_unknown')}
      </p>
    </TextField>
  );
}
