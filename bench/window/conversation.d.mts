export function messages(count: number): object[];
