import { ChatElement } from "./element";

const TAG = "kk-chat";

const script = document.currentScript;
if (script instanceof HTMLScriptElement && script.src) ChatElement.origin = new URL(script.src).origin;

if (!customElements.get(TAG)) customElements.define(TAG, ChatElement);
if (!document.querySelector(TAG)) document.body.append(document.createElement(TAG));
