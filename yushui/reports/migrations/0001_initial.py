import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outline', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=120)),
                ('area_code', models.CharField(max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('created_at', models.DateTimeField()),
                ('created_by', models.BigIntegerField()),
                ('filed_at', models.DateTimeField(null=True)),
                ('filed_by', models.BigIntegerField(null=True)),
                ('body', models.TextField(blank=True)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='base.storedfile')),
            ],
            options={
                'indexes': [models.Index(fields=['area_code', 'year'], name='reports_rep_area_co_29de47_idx')],
            },
        ),
        migrations.CreateModel(
            name='AddedParagraph',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(max_length=40)),
                ('text', models.TextField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.BigIntegerField()),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paragraphs', to='reports.report')),
            ],
        ),
    ]
