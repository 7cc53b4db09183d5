/** The variable every process of an execution inherits, so that it is found again whoever its parent is by then. */
export const executionMark = 'NCP_EXECUTION_ID';
