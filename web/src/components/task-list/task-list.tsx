/** A list of pages to do, each with its status; the whole row can be pressed. */
import './task-list.css';

export type TaskTone = 'done' | 'todo' | 'partly' | 'attention';

export interface Task {
  readonly href: string;
  readonly name: string;
  readonly status: string;
  readonly tone: TaskTone;
}

export function TaskList({ tasks }: { readonly tasks: readonly Task[] }) {
  return (
    <ul class="task-list">
      {tasks.map((task, index) => (
        <li key={task.href} class="task-list__row">
          <a class="task-list__link" href={task.href} aria-describedby={`task-${index}-status`}>
            {task.name}
          </a>
          <span id={`task-${index}-status`} class={`status status--${task.tone}`}>
            {task.status}
          </span>
        </li>
      ))}
    </ul>
  );
}
