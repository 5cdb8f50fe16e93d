// The frame of the page: header, the step one is at, the overlay while files are dragged, what is said to screen readers.
import { Component, type ComponentChildren } from 'preact';
import { files, report, state, step } from '../state';
import { words } from '../words';
import { AuditDialog } from './Audit';
import { CheckStep } from './CheckStep';
import { FilesStep } from './FilesStep';
import { Header } from './Header';
import { HelpDialog } from './HelpDialog';
import { ResultsStep } from './ResultsStep';
import { ShareDialog } from './ShareDialog';

/** An error in drawing is said in its place; header and the other steps go on working. */
class Boundary extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };

  override componentDidCatch(): void {
    this.setState({ broken: true });
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <div class="notice bad" role="alert">
        <h1 tabIndex={-1}>{words.errors.title}</h1>
        <p>{words.errors.boundary}</p>
      </div>
    );
  }
}

function Overlay() {
  if (!state.value.dragging) return null;
  return (
    <div class="overlay" aria-hidden="true">
      <div>
        <strong>{words.files.overlay}</strong>
        <span>{words.files.overlayHint}</span>
      </div>
    </div>
  );
}

function LiveRegion() {
  return (
    <p class="only-read" role="status" aria-live="polite">
      {state.value.announcement}
    </p>
  );
}

function CurrentStep() {
  const at = step.value;
  // A step that has nothing to show yet leads back to where it can be filled.
  if (at === 'check' && files.value.length > 0) return <CheckStep />;
  if (at === 'results' && (report.value !== null || files.value.length > 0)) return <ResultsStep />;
  return <FilesStep />;
}

export function App() {
  return (
    <>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <Header />
      <main id="content" tabIndex={-1}>
        <Boundary key={step.value}>
          <CurrentStep />
        </Boundary>
      </main>
      <footer class="bottom">
        <p>{words.footer}</p>
      </footer>
      <LiveRegion />
      <ShareDialog />
      <AuditDialog />
      <HelpDialog />
      <Overlay />
    </>
  );
}
