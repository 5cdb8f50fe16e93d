// What people can do on the page, as functions over the one state: the one door for the views.
export * from './actions/audit';
export * from './actions/evaluation';
export * from './actions/files';
export * from './actions/navigate';
export * from './actions/share';
export * from './actions/undo';
