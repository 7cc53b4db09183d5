import { Fragment } from 'react';
import type { ReactNode } from 'react';
import type { Token, Tokens } from 'marked';

/** Shows a link. The text is data of a person or an agent, so the link must not open by itself. */
export type LinkOf = (address: string, children: ReactNode) => ReactNode;

/**
 * Returns what Markdown tokens look like. HTML is shown as the text that it is, and a picture as a link: nothing in a
 * note can run code or reach the network.
 */
export const nodesOf = (tokens: readonly Token[], link: LinkOf): ReactNode =>
  tokens.map((token, index) => <Fragment key={index}>{nodeOf(token as Known, link)}</Fragment>);

type Known =
  | Tokens.Heading
  | Tokens.Paragraph
  | Tokens.Text
  | Tokens.List
  | Tokens.Blockquote
  | Tokens.Code
  | Tokens.Codespan
  | Tokens.Strong
  | Tokens.Em
  | Tokens.Del
  | Tokens.Br
  | Tokens.Hr
  | Tokens.Link
  | Tokens.Image
  | Tokens.Escape
  | Tokens.Space
  | Tokens.Table
  | Tokens.HTML
  | Tokens.Def;

function nodeOf(token: Known, link: LinkOf): ReactNode {
  const inside = (tokens: readonly Token[] | undefined, plain = '') => (tokens ? nodesOf(tokens, link) : plain);
  switch (token.type) {
    case 'heading':
      // The headings of the page are above those of a note.
      return token.depth === 1 ? <h3>{inside(token.tokens)}</h3> : <h4>{inside(token.tokens)}</h4>;
    case 'paragraph':
      return <p>{inside(token.tokens)}</p>;
    case 'text':
      return inside(token.tokens, token.text);
    case 'list':
      return listOf(token, link);
    case 'blockquote':
      return <blockquote>{inside(token.tokens)}</blockquote>;
    case 'code':
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      );
    case 'codespan':
      return <code>{token.text}</code>;
    case 'strong':
      return <strong>{inside(token.tokens)}</strong>;
    case 'em':
      return <em>{inside(token.tokens)}</em>;
    case 'del':
      return <del>{inside(token.tokens)}</del>;
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    case 'link':
      return link(token.href, inside(token.tokens));
    case 'image':
      return link(token.href, token.text === '' ? token.href : token.text);
    case 'escape':
      return token.text;
    case 'table':
      return tableOf(token, link);
    case 'space':
    case 'def':
      return null;
    default:
      return token.raw;
  }
}

function listOf(list: Tokens.List, link: LinkOf): ReactNode {
  const items = list.items.map((item, index) => (
    <li key={index}>
      {item.task && <span aria-hidden>{item.checked === true ? '☑ ' : '☐ '}</span>}
      {nodesOf(item.tokens, link)}
    </li>
  ));
  return list.ordered ? <ol start={list.start === '' ? 1 : list.start}>{items}</ol> : <ul>{items}</ul>;
}

const tableOf = ({ header, rows }: Tokens.Table, link: LinkOf): ReactNode => (
  <table>
    <thead>
      <tr>
        {header.map((cell, index) => (
          <th key={index} scope="col">
            {nodesOf(cell.tokens, link)}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row, index) => (
        <tr key={index}>
          {row.map((cell, column) => (
            <td key={column}>{nodesOf(cell.tokens, link)}</td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
