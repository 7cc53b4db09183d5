/** The variable that every process of an execution inherits, so that it can be found whatever its parent is by then. */
export const executionMark = 'NCP_EXECUTION_ID';
