/* For test_tabs.py. */

export const leaveTraces = () => {
  localStorage.setItem('a', 'b');
  sessionStorage.setItem('a', 'b');
  document.cookie = 'a=b';
  window.left = 'behind';
  console.error('of this test alone');
};

export const traces = () => [localStorage.length, sessionStorage.length,
  document.cookie.includes('a=b'), window.left || '',
  document.querySelectorAll('a:hover').length, innerWidth,
  ...['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)'].map(
    (question) => matchMedia(question).matches)];
