// Our own, small declarations of what the page uses from the vendored module.
declare const htm: { bind<N>(h: (...parts: any[]) => N): (strings: TemplateStringsArray, ...values: unknown[]) => N };
export default htm;
