/** A name as text to show: without control characters or marks that turn the writing direction around; `''` when nothing is left. */
export function cleanName(name: string, longest: number): string {
  const clean = name.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ').trim();
  return [...clean].slice(0, longest).join('').trim();
}
