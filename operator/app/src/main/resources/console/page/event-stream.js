// Parses text/event-stream piece by piece. EventSource would do it, but cannot send headers.
export function eventStream(onEvent) {
  let rest = '';
  let event = { type: 'message', data: [] };

  function line(text) {
    if (text === '') {
      if (event.data.length) {
        onEvent(event.type, event.data.join('\n'));
      }
      event = { type: 'message', data: [] };
      return;
    }
    const colon = text.indexOf(':');
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') {
      event.type = value;
    } else if (field === 'data') {
      event.data.push(value);
    }
  }

  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    lines.forEach(line);
  };
}
