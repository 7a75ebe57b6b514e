# The service in a container. Which engines it runs on is decided as in any build (docs/operations.md, Engines): by what the package
# sources serve. The build says so in a line "Engines: …"; `docker compose run --rm eod doctor` tells of an image that is there.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet msbuild EodPredict.sln -t:ChooseEngines -v:m
RUN dotnet publish src/EodPredict.Service -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app /app
RUN apt-get update \
    && apt-get install -y --no-install-recommends tzdata \
    && if [ -e /app/EodPredict.XGBoost.dll ]; then apt-get install -y --no-install-recommends libxgboost0; fi \
    && rm -rf /var/lib/apt/lists/*
RUN install -d -o $APP_UID /eod /eod/models
WORKDIR /eod
USER $APP_UID
EXPOSE 5080
ENTRYPOINT ["dotnet", "/app/eod.dll"]
CMD ["serve"]
