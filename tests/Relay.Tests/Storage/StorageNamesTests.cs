using System.Text.RegularExpressions;
using Relay.Storage;

namespace Relay.Tests.Storage;

public sealed class StorageNamesTests
{
    [Fact]
    public void What_is_provisioned_is_what_the_code_asks_for()
    {
        var bicep = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "storage.bicep"));

        var names = Regex.Matches(bicep, "(?:queues|containers)@.*?name: '([^']+)'", RegexOptions.Singleline).Select(match => match.Groups[1].Value);

        Assert.Equal([StorageNames.Reports, StorageNames.Poison, StorageNames.State, "app-package"], names);
    }
}
