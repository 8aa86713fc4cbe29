import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('places', '0002_groups_papers_stations'),
    ]

    operations = [
        migrations.CreateModel(
            name='GoodsCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('note', models.CharField(blank=True, max_length=200)),
                ('client_key', models.CharField(max_length=36, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='GoodsItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=40)),
                ('unit', models.CharField(max_length=10)),
                ('worth_fen', models.BigIntegerField(default=0)),
                ('retired', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.BigIntegerField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'name'), name='one_item_by_name'), models.CheckConstraint(condition=models.Q(('worth_fen__gte', 0)), name='item_worth_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='GoodsCountLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expected', models.BigIntegerField()),
                ('found', models.BigIntegerField()),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('count', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='funds.goodscount')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='funds.goodsitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('count', 'item'), name='counted_once'), models.CheckConstraint(condition=models.Q(('found__gte', 0)), name='found_not_negative'), models.CheckConstraint(condition=models.Q(('found', models.F('expected')), models.Q(('reason', ''), _negated=True), _connector='OR'), name='difference_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='GoodsPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('sort', models.CharField(choices=[('STORE', '库房'), ('CAMPAIGN', '走访行动')], max_length=10)),
                ('retired', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.BigIntegerField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
            ],
            options={
                'indexes': [models.Index(fields=['sort', 'area'], name='funds_goods_sort_da095c_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('sort', 'STORE')), fields=('area', 'name'), name='one_store_by_name')],
            },
        ),
        migrations.CreateModel(
            name='GoodsMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('BOUGHT', '购入'), ('DONATED', '受赠'), ('ALLOTTED', '上级下拨'), ('CARRIED', '调拨'), ('TAKEN', '行动领出'), ('BACK', '行动退回'), ('HANDED', '走访送出'), ('GIVEN', '直接发放'), ('SCRAPPED', '报损'), ('COUNTED', '盘点差异'), ('REVERSED', '冲回')], max_length=10)),
                ('pieces', models.PositiveIntegerField()),
                ('on', models.DateField()),
                ('worth_fen', models.BigIntegerField(default=0)),
                ('party', models.CharField(blank=True, max_length=80)),
                ('note', models.CharField(blank=True, max_length=120)),
                ('client_key', models.CharField(max_length=36, null=True, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
                ('count', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='funds.goodscount')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='funds.goodsitem')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goods', to='people.person')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='funds.goodsmove')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goods', to='places.unit')),
                ('from_place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves_out', to='funds.goodsplace')),
                ('to_place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves_in', to='funds.goodsplace')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'on'], name='funds_goods_area_id_85bd9b_idx'), models.Index(fields=['on', 'id'], name='funds_goods_on_cb3dd7_idx'), models.Index(fields=['item', 'on'], name='funds_goods_item_id_4e4beb_idx'), models.Index(fields=['from_place', 'item'], name='funds_goods_from_pl_654157_idx'), models.Index(fields=['to_place', 'item'], name='funds_goods_to_plac_31c19e_idx'), models.Index(fields=['way', 'on'], name='funds_goods_way_358432_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('pieces__gt', 0)), name='move_of_something'), models.CheckConstraint(condition=models.Q(('from_place__isnull', False), ('to_place__isnull', False), _connector='OR'), name='move_touches_a_place'), models.CheckConstraint(condition=models.Q(('from_place', None), ('to_place', None), models.Q(('from_place', models.F('to_place')), _negated=True), _connector='OR'), name='move_goes_away'), models.CheckConstraint(condition=models.Q(('worth_fen__gte', 0)), name='move_worth_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('reverses__isnull', False), ('way', 'REVERSED')), models.Q(models.Q(('way', 'REVERSED'), _negated=True), ('reverses', None)), _connector='OR'), name='reversal_names_its_move')],
            },
        ),
        migrations.AddField(
            model_name='goodscount',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='funds.goodsplace'),
        ),
        migrations.CreateModel(
            name='GoodsBalance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pieces', models.BigIntegerField(default=0)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='funds.goodsitem')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='funds.goodsplace')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'item'], name='funds_goods_place_i_0209c2_idx')],
                'constraints': [models.UniqueConstraint(fields=('item', 'place'), name='one_balance_by_place'), models.CheckConstraint(condition=models.Q(('pieces__gte', 0)), name='balance_not_negative')],
            },
        ),
        migrations.AddIndex(
            model_name='goodscount',
            index=models.Index(fields=['place', 'on'], name='funds_goods_place_i_c8b34d_idx'),
        ),
    ]
