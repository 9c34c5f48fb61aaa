# 邻里 Linli: one small image, no root, health check. Build: docker build --build-arg COMMIT=$(git rev-parse --short HEAD) -t linli .
FROM python:3.13-slim AS packages
COPY requirements.lock /
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /requirements.lock

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app PYTHONUTF8=1 PYTHONUNBUFFERED=1
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data linli \
 && install --directory --owner=linli --group=linli --mode=700 /data
COPY --from=packages /venv /venv
COPY bot /app/bot
COPY handlers /app/handlers
COPY knowledge /app/knowledge
COPY scheduler /app/scheduler
RUN python -m compileall -q /app
ARG COMMIT=""
ENV LINLI_COMMIT=$COMMIT
USER linli
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot", "--data", "/data/linli"]
CMD ["run", "--host", "0.0.0.0"]
