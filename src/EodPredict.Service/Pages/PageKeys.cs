using System.Xml.Linq;
using EodPredict.Database;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace EodPredict.Service.Pages;

/// <summary>
/// Keeps the keys that sign the pages' forms and the visitors' cookies in the database, so that both are good for every process and after
/// a restart, and nobody reads them who cannot read the database.
/// Safe for concurrent use.
/// </summary>
internal sealed class PageKeys(NpgsqlDataSource database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.Sql("select content from eod.page_key order by name");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
        {
            keys.Add(XElement.Parse(reader.GetString(0)));
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.Sql(
            "insert into eod.page_key (name, content) values ($1, $2) on conflict (name) do update set content = excluded.content",
            friendlyName, element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}
