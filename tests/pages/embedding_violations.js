/* For test_embedding.py: what a content security policy has kept from happening. */
window.violations = [];
addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(event.violatedDirective);
});
