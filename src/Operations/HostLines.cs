namespace Operations;

/// <summary>What to put on an Ansible host. The key is not shown, but how to read it.</summary>
internal static class HostLines
{
    /// <summary>The lines for each way in that was provisioned.</summary>
    public static string Of(AzdEnvironment environment)
    {
        var (url, identityUrl) = (environment.Find("RELAY_URL"), environment.Find("RELAY_IDENTITY_URL"));
        return string.Join(Environment.NewLine, [
            "Copy callback_plugins/slack_relay.py to the Ansible host, and put into its ansible.cfg:",
            "",
            "    [defaults]",
            "    callback_plugins = /opt/ansible-slack-relay/callback_plugins",
            "    callbacks_enabled = slack_relay",
            .. url is null ? [] : WithKey(url, environment),
            .. identityUrl is null ? [] : WithIdentity(identityUrl, environment),
            "",
            "    python3 slack_relay.py test    # says whether it works",
        ]);
    }

    private static IEnumerable<string> WithKey(string url, AzdEnvironment environment) =>
    [
        "",
        "    [callback_slack_relay]",
        $"    url = {url}",
        "",
        "With the key in the environment, SLACK_RELAY_KEY, or as `key` in the same section. After `az login`, this prints it:",
        "",
        $"    az functionapp keys list --subscription {environment.Require("AZURE_SUBSCRIPTION_ID")}"
            + $" --resource-group {environment.Require("AZURE_RESOURCE_GROUP")} --name {environment.Require("RELAY_APP")}"
            + " --query functionKeys.default --output tsv",
    ];

    private static IEnumerable<string> WithIdentity(string url, AzdEnvironment environment) =>
    [
        "",
        "On a machine with a managed identity, no key:",
        "",
        "    [callback_slack_relay]",
        $"    url = {url}",
        "    auth = managed_identity",
        $"    audience = {environment.Require("RELAY_AUDIENCE")}",
    ];
}
