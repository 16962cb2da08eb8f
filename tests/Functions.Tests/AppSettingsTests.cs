using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Functions.Tests;

public sealed class AppSettingsTests
{
    // What "app" names is set by infra/app.bicep, which tests/Infrastructure.Tests sees to.
    private static readonly Dictionary<string, string[]> Listed =
        JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "app-settings.json")))!;

    [Fact]
    public void The_app_reads_every_setting_of_the_list_and_no_other()
    {
        var asked = new AskedSettings(FunctionsOptionsTests.Valid);

        FunctionsOptions.Read(new ConfigurationRoot([asked]), development: false);

        Assert.Equal(Listed["app"].Concat(Listed["elsewhere"]).Order(StringComparer.Ordinal), asked.Names.Order(StringComparer.Ordinal));
    }

    private sealed class AskedSettings : ConfigurationProvider
    {
        private readonly HashSet<string> _asked = [];

        public AskedSettings(Dictionary<string, string?> settings) =>
            Data = new Dictionary<string, string?>(settings, StringComparer.OrdinalIgnoreCase) { ["Relay:Routes:db:Channel"] = "#db" };

        /// <summary>As app settings are written, with a star for a route.</summary>
        public IEnumerable<string> Names => _asked.Select(key => key.Replace(":db:", ":*:", StringComparison.Ordinal).Replace(":", "__", StringComparison.Ordinal));

        public override bool TryGet(string key, out string? value)
        {
            _asked.Add(key);
            return base.TryGet(key, out value);
        }
    }
}
