// The second step: each file with what it was taken for, to be looked at and corrected.
import { removeAll, seeFileResults } from '../actions';
import { canRead, files, isBad, isReading, openQuestions } from '../state';
import { words } from '../words';
import { FileButton } from './FilesStep';
import { FileCard } from './FileCard';

export function CheckStep() {
  const w = words.check;
  const list = files.value;
  const questions = list.reduce((sum, file) => sum + openQuestions(file).length, 0);
  const blocked = list.filter((file) => isBad(file) || file.info?.state === 'needs_answer').length;
  const reading = list.some(isReading);
  return (
    <>
      <h1 tabIndex={-1}>{w.title}</h1>
      <p class="lede">{w.lede}</p>
      <ul class="cards">
        {list.map((file) => (
          <li key={file.key}>
            <FileCard file={file} />
          </li>
        ))}
      </ul>
      {!reading && blocked > 0 && <p class="hint">{w.blocked(blocked)}</p>}
      {!reading && questions > 0 && <p class="hint">{w.questions(questions)}</p>}
      <div class="actions end">
        <button type="button" class="main" disabled={!canRead.value || reading} onClick={seeFileResults}>
          {reading ? w.waiting : w.toResults}
        </button>
        <FileButton label={w.add} kind="plain" />
      </div>
      {list.length > 1 && (
        <p>
          <button type="button" class="quiet" onClick={() => void removeAll()}>
            {w.removeAll}
          </button>
        </p>
      )}
    </>
  );
}
