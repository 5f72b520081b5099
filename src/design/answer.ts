import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { render } from './render.ts';

const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** On every answer of a door with pages. The referrer stays within: with none at all, browsers would send forms with `Origin: null`. */
export const guard = (reply: FastifyReply): void => {
  void reply.headers({
    'content-security-policy': policy, 'referrer-policy': 'same-origin', 'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  });
};

/** For a page with one script of its own: that one, by its hash, and no other. */
export const allowScript = (reply: FastifyReply, source: string): void => void reply.header('content-security-policy', `${policy}; script-src ${source}`);

/**
 * Personal pages are kept nowhere. An answer to a form (422) may be kept for going back to, or the browser would
 * ask whether to send the form again; not where it shows what is another person's (`kept` false).
 */
export const show = (reply: FastifyReply, page: VNode, status = 200, kept = status === 422): FastifyReply =>
  reply.code(status).header('cache-control', kept ? 'private, no-cache' : 'no-store').type('text/html; charset=utf-8').send(render(page));

/** After a form: to a page that can be loaded again without doing it again. */
export const seeOther = (reply: FastifyReply, address: string): FastifyReply => reply.header('cache-control', 'no-store').redirect(address, 303);
