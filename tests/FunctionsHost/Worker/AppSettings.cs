namespace FunctionsHost.Worker;

/// <summary>The settings of the app that only the stand-in knows.</summary>
internal static class AppSettings
{
    /// <summary>As <c>local.settings.json</c> has them; whatever the stand-in's own environment says is the app's as well.</summary>
    public static IReadOnlyDictionary<string, string> For(string url, string storage)
    {
        var settings = new Dictionary<string, string>
        {
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development",
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["AzureWebJobsStorage"] = storage,
        };
        if (!IsSet("SLACK_WEBHOOK_URL") && !IsSet("Relay__KeyVault"))
        {
            settings["SLACK_WEBHOOK_URL"] = $"{url}/slack/services/TLOCAL/default/emulated";
        }

        return settings;
    }

    private static bool IsSet(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 };
}
