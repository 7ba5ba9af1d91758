FROM python:3.11-slim-bookworm

WORKDIR /opt/depeche
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY assistant assistant
COPY ingest ingest
COPY prompts prompts
COPY ui ui
RUN pip install --no-cache-dir -c constraints.txt torch \
 && pip install --no-cache-dir -c constraints.txt '.[openai]' \
 && groupadd --gid 10001 depeche \
 && useradd --create-home --uid 10001 --gid 10001 depeche \
 && install -d -o depeche -g depeche /archive

USER 10001:10001
WORKDIR /home/depeche
# Nothing is fetched from a hub: name another encoder by a folder that you mount.
ENV DEPECHE_ARCHIVE=/archive DEPECHE_HOST=0.0.0.0 HF_HUB_OFFLINE=1
VOLUME /archive
EXPOSE 7860
STOPSIGNAL SIGTERM
HEALTHCHECK --start-period=120s --timeout=10s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:7860/healthz', timeout=5)"]
ENTRYPOINT ["depeche"]
CMD ["serve"]
