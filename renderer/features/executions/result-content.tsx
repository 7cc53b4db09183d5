import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './execution-facts.module.css';
import { readContent } from './mcp-content.ts';
import type { ContentPart } from './mcp-content.ts';

const c = bindClasses(styles);

/** What the tool answered: MCP content as what it is, anything else as JSON. */
export function ResultContent({ result }: { result: unknown }) {
  const { parts, isError } = readContent(result);
  return (
    <>
      <h2 className={c('heading', isError && 'bad')}>
        {isError ? text.executions.facts.errorResult : text.executions.facts.result}
      </h2>
      {parts.map((part, index) => (
        // The parts of a finished result never change their order.
        <Part key={index} part={part} />
      ))}
    </>
  );
}

function Part({ part }: { part: ContentPart }) {
  switch (part.kind) {
    case 'image':
      return <img className={c('image')} src={part.source} alt={text.executions.facts.imageResult} />;
    case 'link':
      return (
        <p data-selectable>
          {part.name} <code>{part.uri}</code>
        </p>
      );
    case 'text':
      return (
        <pre className={c('json')} tabIndex={0} aria-label={text.executions.facts.result}>
          {part.text}
        </pre>
      );
  }
}
